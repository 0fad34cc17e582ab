
BprobabilitiesJ(¥'8(/«8µ2½>½×<ÖU™9IvC7*£á7ÓÁ?ó:È<ä<