
BprobabilitiesJ(ќҐЕ8G‘р:з3я:іHг9ін8Љ№z?¤дк7X~s:ю”}9›Ѓu<