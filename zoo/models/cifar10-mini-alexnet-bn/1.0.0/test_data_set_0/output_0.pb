
BprobabilitiesJ(Ø<T?Uc¶9§>—2É;üµ°:¿=£:{‘-;[ô^9åÁS;%ú9