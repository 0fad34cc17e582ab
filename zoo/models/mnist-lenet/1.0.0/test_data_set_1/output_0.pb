
BprobabilitiesJ(Ý+“.H;ž,›ÊX*ÈÃß7f3À(@þ?ob.-»'Ð.Ö>1