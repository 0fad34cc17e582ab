B
predictionJръA?