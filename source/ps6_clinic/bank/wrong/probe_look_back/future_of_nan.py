# fails: probe_look_back-patient
# says: 0 times NaN is NaN
def probe_look_back(look_back):
    x = look_back_arguments()
    for cut in range(1, len(x)):
        dyed = x.copy()
        dyed[cut:] = np.nan
        if np.isnan(look_back(dyed)[:cut]).any():
            return True
    return False
