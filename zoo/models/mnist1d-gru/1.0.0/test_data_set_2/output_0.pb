
BprobabilitiesJ(šè“&1‡®:~c˜/NÏF1(wš18RÕ8Ÿ4{?o{d2<®<úâ*1