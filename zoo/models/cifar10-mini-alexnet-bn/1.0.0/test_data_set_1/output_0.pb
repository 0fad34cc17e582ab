
BprobabilitiesJ(áŸN?%v9uÆ+>¨Ð;Úç¢;XHÅ:Ö<ˆ;7Ò¤9Iã;È :