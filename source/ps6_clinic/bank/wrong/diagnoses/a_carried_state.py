# fails when graded: diagnoses-patient_6
# says: holds one value
patient_1 = "G"
patient_2 = "B"
patient_3 = "D"
patient_4 = "H"
patient_5 = "J"
patient_6 = "A"
patient_7 = "F"
patient_8 = "C"
