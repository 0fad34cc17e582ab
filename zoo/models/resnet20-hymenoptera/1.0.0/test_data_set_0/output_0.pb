BprobabilitiesJC
$?{ë·>