
BprobabilitiesJ(┌ф><@]E=*Р=v╫╟=.OО=ыСr>/	
;s3═>ис┘<:ё=