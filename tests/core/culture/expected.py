"""What the worked examples must give, code by code: counted by hand when the studies were coded anew."""

# code: segments, accounts, accounts that count, segments by role (komisioner, sekretaris, struktural, staf), +/0/-, label
KPU = {
    "KP.TEO": (2, 1, 1, (0, 2, 0, 0), (2, 0, 0), "lemah"),
    "KP.SOS": (2, 2, 1, (0, 0, 2, 0), (2, 0, 0), "lemah"),
    "KP.POL": (1, 1, 1, (0, 0, 1, 0), (1, 0, 0), "lemah"),
    "KP.REL": (0, 0, 0, (0, 0, 0, 0), (0, 0, 0), "tidak ada bukti"),
    "KP.BIJ": (2, 2, 1, (1, 0, 1, 0), (2, 0, 0), "lemah"),
    "KP.SET": (2, 2, 2, (0, 0, 1, 1), (2, 0, 0), "cukup"),
    "BF.BEDA": (0, 0, 0, (0, 0, 0, 0), (0, 0, 0), "tidak ada bukti"),
    "BF.IDEN": (3, 3, 3, (1, 0, 2, 0), (3, 0, 0), "kuat"),
    "BF.KOMIT": (1, 1, 1, (0, 0, 0, 1), (1, 0, 0), "lemah"),
    "BF.STAB": (2, 2, 2, (1, 0, 0, 1), (1, 0, 1), "bertentangan"),
    "KN.EFEK": (3, 2, 2, (0, 2, 1, 0), (3, 0, 0), "cukup"),
    "KN.OTOR": (4, 4, 4, (0, 1, 1, 2), (4, 0, 0), "kuat"),
    "KN.DISP": (2, 2, 2, (0, 1, 0, 1), (2, 0, 0), "cukup"),
    "KN.INIS": (0, 0, 0, (0, 0, 0, 0), (0, 0, 0), "tidak ada bukti"),
    "KX.KOL": (2, 1, 1, (2, 0, 0, 0), (2, 0, 0), "lemah"),
    "KX.ARAH": (8, 5, 5, (0, 2, 4, 2), (8, 0, 0), "kuat"),
    "KX.KOM": (6, 5, 4, (2, 0, 1, 3), (5, 1, 0), "kuat"),
    "KX.MOT": (2, 2, 1, (0, 1, 0, 1), (2, 0, 0), "lemah"),
    "KX.TIPE": (1, 1, 1, (0, 0, 1, 0), (1, 0, 0), "lemah"),
    "BX.LAYAN": (4, 4, 4, (1, 0, 2, 1), (4, 0, 0), "kuat"),
    "BX.KELG": (3, 2, 2, (2, 0, 1, 0), (3, 0, 0), "cukup"),
    "BX.DISP": (4, 3, 3, (0, 2, 1, 1), (4, 0, 0), "kuat"),
    "BX.SAMA": (3, 3, 3, (0, 0, 1, 2), (2, 0, 1), "bertentangan"),
    "BX.KOM": (3, 2, 2, (2, 0, 0, 1), (3, 0, 0), "cukup"),
    "BX.TINGGI": (4, 4, 4, (1, 0, 1, 2), (4, 0, 0), "kuat"),
    "RL.KP": (4, 4, 4, (0, 1, 1, 2), (4, 0, 0), "kuat"),
    "RL.BD": (6, 6, 6, (1, 1, 1, 3), (6, 0, 0), "kuat"),
    "PR.PLENO": (3, 2, 2, (2, 0, 0, 1), (3, 0, 0), "cukup"),
    "PR.EVAL": (2, 2, 2, (0, 1, 1, 0), (2, 0, 0), "cukup"),
    "PR.PK": (1, 1, 1, (0, 0, 1, 0), (1, 0, 0), "lemah"),
    "PR.APEL": (1, 1, 1, (0, 0, 1, 0), (1, 0, 0), "lemah"),
}

# code: label, flag of the claim, segments
SETDA = {
    "KP1.TELADAN": ("lemah", "klaim sejalan", ("2", "10")),
    "KP1.WIBAWA": ("lemah", "", ("2",)),
    "KP1.CAKAP": ("lemah", "", ("2",)),
    "KP2.KEMAMPUAN": ("lemah", "", ("3",)),
    "KP2.HARAPAN": ("lemah", "", ("3",)),
    "KP2.INSENTIF": ("lemah", "", ("3",)),
    "KP3.AKURAT": ("hanya norma/saran", "", ("4", "5")),
    "KP3.DUAARAH": ("hanya norma/saran", "klaim tanpa bukti", ("4", "11")),
    "BD1.ETOS": ("lemah", "klaim berlawanan dengan bukti", ("6", "10")),
    "BD1.TERGANTUNG": ("lemah", "", ("1",)),
    "BD1.BAHASA": ("tidak ada bukti", "klaim tanpa bukti", ("11",)),
    "BD2.KOMPLAIN": ("lemah", "", ("7",)),
    "BD2.PEDULI": ("tidak ada bukti", "", ()),
    "KN1": ("tidak ada bukti", "klaim tanpa bukti", ("9",)),
    "KN2": ("lemah", "klaim berlawanan dengan bukti", ("7", "9")),
    "KN3": ("tidak ada bukti", "klaim tanpa bukti", ("9",)),
    "PR.KONTROL": ("hanya norma/saran", "", ("8",)),
}

# conclusion: verdict, accounts by interview
CONCLUSIONS = {
    "F1a": ("kuat", 5),
    "F1b": ("lemah", 1),
    "F1c": ("cukup", 2),
    "F1d": ("tidak didukung", 5),
    "F2a": ("kuat", 4),
    "F2b": ("tidak ada bukti", 0),
    "F2c": ("campuran", 7),
    "F2d": ("campuran", 5),
    "F3a": ("campuran", 4),
    "F3b": ("kuat", 6),
}

# when the joint answer of two informants is counted as two accounts
TWO_ACCOUNTS = {
    "KP.SET": (3, "kuat"),
    "KN.OTOR": (5, "kuat"),
    "KN.DISP": (3, "kuat"),
    "KX.KOM": (5, "kuat"),
    "KX.MOT": (2, "cukup"),
    "BX.DISP": (4, "kuat"),
    "BX.SAMA": (4, "bertentangan"),
    "BX.TINGGI": (5, "kuat"),
    "RL.KP": (5, "kuat"),
    "RL.BD": (7, "kuat"),
}

# when the one who disagreed withdraws
WITHDRAWN = {
    "BF.STAB": (1, "lemah"),
    "KN.OTOR": (3, "kuat"),
    "KX.ARAH": (4, "kuat"),
    "BX.SAMA": (2, "cukup"),
    "RL.KP": (3, "kuat"),
    "RL.BD": (5, "kuat"),
}
