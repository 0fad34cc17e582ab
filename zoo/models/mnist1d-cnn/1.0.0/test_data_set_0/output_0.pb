
BprobabilitiesJ((Šñ;5;c‘7ÚÄ9‘5«B_8^õ¤6Kÿ}?FõÊ0_—ö2