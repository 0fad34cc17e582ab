
BprobabilitiesJ(,€'?Ë6:±3>İr¬=Üõò:¤Ú¥<6~i=k9:v2­;'Y: