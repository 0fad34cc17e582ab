
BprobabilitiesJ(‹…6ª8 :kUü<‡ã­;Œí^9ø‰M?v?3Ÿ #>Žã‡9I÷5