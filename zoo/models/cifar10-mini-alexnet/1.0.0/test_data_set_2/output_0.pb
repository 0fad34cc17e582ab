
BprobabilitiesJ(sVî=]Í—9|8„<È¶M?¼Ñ<¾®<¸cZ<—!ƒ:ëÚ;fÍ9