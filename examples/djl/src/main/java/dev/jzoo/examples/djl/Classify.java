package dev.jzoo.examples.djl;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Path;

/** A program that prints the digit in a picture, written for DJL: it names no type of JZoo. */
public final class Classify {

    private Classify() {}

    public static void main(String[] args) throws Exception {
        Criteria<Image, Classifications> criteria = Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optEngine("OnnxRuntime")
                .optModelUrls("djl://dev.jzoo/mnist-lenet")
                .build();
        try (ZooModel<Image, Classifications> model = criteria.loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            Image picture = ImageFactory.getInstance().fromFile(Path.of(args[0]));
            System.out.println(predictor.predict(picture).<Classifications.Classification>best());
        }
    }
}
