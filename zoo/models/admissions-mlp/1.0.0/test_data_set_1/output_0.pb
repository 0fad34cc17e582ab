B
predictionJ´×?