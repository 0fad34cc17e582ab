
BprobabilitiesJ($ν~6μI3―'e9’λ?ym3ζοa81u6‹5†ÿ7ζ~5