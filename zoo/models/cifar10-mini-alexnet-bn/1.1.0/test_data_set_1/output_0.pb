
BprobabilitiesJ(iG=?5<:b'>Æ@=4G;æ™P<Ó‚a<1öA:(³¯;ğ–^: