
BprobabilitiesJ(Åd;ö7:Læu:lnŸ9á(ö6*‘N9 á2‘›~?_c–1UÂ2