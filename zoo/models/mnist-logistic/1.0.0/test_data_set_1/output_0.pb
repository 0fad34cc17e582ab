
BprobabilitiesJ(ÓÒÇ<r±‹3gÊÍ7FŞó<·°A7!-p?$.8‰;Ï‰);†AR: