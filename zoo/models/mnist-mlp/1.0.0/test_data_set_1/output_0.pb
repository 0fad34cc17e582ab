
BprobabilitiesJ(Êê¬5ş•£1ÑÒê/‘gÀ:©á¢,u?øL2å(›1‚7î€v6