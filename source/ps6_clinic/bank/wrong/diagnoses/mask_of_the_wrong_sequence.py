# fails when graded: diagnoses-patient_3
# says: the past
patient_1 = "G"
patient_2 = "B"
patient_3 = "H"
patient_4 = "H"
patient_5 = "J"
patient_6 = "K"
patient_7 = "F"
patient_8 = "C"
