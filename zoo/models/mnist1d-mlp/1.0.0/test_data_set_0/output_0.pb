
BprobabilitiesJ(ã<ÂéO9Cd =HÝ´;`"w9ÆD};1ë6Vb?.èD6¾:D7