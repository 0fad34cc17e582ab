
BprobabilitiesJ(±KN?¤¥9PÒ4>©&T;¥±;]Η):όδ:vY91zΏ;ΦΏµ9