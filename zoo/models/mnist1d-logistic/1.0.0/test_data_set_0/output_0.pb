
BprobabilitiesJ(ugÄ<"£=‡Ò~>Ã¬Ù=§B=>qO:øåœ>él<ØÅZ=