
BprobabilitiesJ(Rüº0L1„5=“)Å	¢0‘P+cÀ0ğÿ?Íy‚.‚T0OkÌ+