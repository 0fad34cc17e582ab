
BprobabilitiesJ(7ñl?^î#;Y[C=…<Ü¯í8Š9;«1;¼$ü7
N	;eq: