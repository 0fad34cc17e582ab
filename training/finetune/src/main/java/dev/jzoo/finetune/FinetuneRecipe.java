package dev.jzoo.finetune;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.file.Sha256;
import java.util.List;

/**
 * The content of a fine-tuned model's {@code recipe.json}: everything that determines the weights, including the
 * choices that were made automatically.
 *
 * @param kind "finetune"
 * @param mode which layers were trained, see {@link Mode}
 * @param base the base network
 * @param pictures the way pictures are passed to the base
 * @param views number of views of each training picture
 * @param seed seed of views, folds and splits
 * @param head the new last layer
 * @param tuning the training of all layers, in words; empty in mode head
 * @param data the data for training and measuring
 */
record FinetuneRecipe(
        String kind,
        String mode,
        BaseRecord base,
        PictureRecord pictures,
        int views,
        long seed,
        TrainedHead head,
        String tuning,
        List<Provenance> data) {

    /**
     * A base.
     *
     * @param sha256 digest of the file without its metadata
     * @param features name of the tensor that the head reads
     * @param found the reason why this tensor was chosen
     * @param pooling the way the head reads the tensor
     * @param dimension number of values that the head reads
     */
    record BaseRecord(String name, Sha256 sha256, String features, String found, String pooling, int dimension) {}

    /**
     * The way pictures are passed to the base.
     *
     * @param size "224 x 224 x 3"
     * @param framing the part of a picture that the network sees
     * @param normalization the pixel convention of the base; "inside" if the base takes bytes
     * @param chosen the reason for this convention
     */
    record PictureRecord(String size, String framing, String normalization, String chosen) {}

    /**
     * The new last layer.
     *
     * @param kind its kind, in words
     * @param decay its weight decay
     * @param classWeights weight of a picture of each class in the loss
     * @param folds number of folds of the cross-validation that chose the decay
     */
    record TrainedHead(String kind, double decay, List<Double> classWeights, int folds) {}

    FinetuneRecipe {
        data = List.copyOf(data);
    }
}
