
BprobabilitiesJ(Pј+ыO9>›·2jЇQ-4“9™kМ0Ьл?ЛцЛ+Ан7ё®,6