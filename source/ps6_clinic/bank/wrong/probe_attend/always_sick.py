# fails: probe_attend-patient
# says: A false alarm
def probe_attend(attend):
    return True
