
BprobabilitiesJ(û>?:•9¯/> |(=qóÆ:XO<˜Ñ<7^„9™Š¡:=Ø9