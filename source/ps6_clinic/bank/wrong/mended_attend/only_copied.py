# fails: mended_attend-values
# says: still those of the patient
def mended_attend(s, h, W):
    return attend(s, h, W)
