
BprobabilitiesJ(ç ¦3¾K>ß</Ò7kì=ßn×<5¡>x ¶9ªw…>1¢>