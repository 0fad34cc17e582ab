package dev.jzoo.export;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.Embedder;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.publishing.Publisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The part of a manifest's entry that describes the contents of an ONNX file.
 *
 * <pre>{@code
 * Publisher.into(models).publish(folder, ManifestContents.of(folder.resolve("model.onnx")));
 * }</pre>
 */
@Internal
public final class ManifestContents {

    /** The opset of ONNX 1.2. */
    private static final int OPSET_OF_1_2 = 7;

    private ManifestContents() {}

    /** Reads a file. Fails with DataFormatException if it is not an ONNX model. */
    public static Publisher.ModelSignature of(Path model) throws IOException {
        OnnxFile file = OnnxFile.read(model);
        int opset = (int) file.opset();
        return new Publisher.ModelSignature(
                release(opset),
                opset,
                ports(file.graph().inputs()),
                ports(file.graph().outputs()),
                features(model, file));
    }

    /** Returns the input of a picture classifier's last layer, if it is one vector for each picture. */
    private static List<Manifest.ManifestTensor> features(Path model, OnnxFile file) throws IOException {
        String tensor = FeatureTap.of(file.graph()).tensor();
        boolean isOutput =
                file.graph().outputs().stream().anyMatch(output -> output.name().equals(tensor));
        if (isOutput || !Task.IMAGE_CLASSIFICATION.id().equals(file.metadata().get(CardMetadata.TASK))) {
            return List.of();
        }
        try (Embedder embedder = Embedder.open(model, tensor, Device.cpu())) {
            Dimension batch = embedder.model().inputs().get(0).shape().get(0);
            return List.of(new Manifest.ManifestTensor(
                    tensor, List.of(batch, Dimension.of(embedder.dimension())), "tensor(float)"));
        } catch (JZooException e) {
            return List.of();
        }
    }

    /**
     * Returns the ONNX release that introduced an opset: 1.2 introduced 7, and each later minor release the next opset.
     *
     * @see <a href="https://github.com/onnx/onnx/blob/main/docs/Versioning.md#released-versions">released versions</a>
     */
    static String release(int opset) {
        return "1." + Math.max(2, opset - OPSET_OF_1_2 + 2);
    }

    private static List<Manifest.ManifestTensor> ports(List<ValueInfo> values) {
        return values.stream()
                .map(value -> new Manifest.ManifestTensor(
                        value.name(),
                        value.shape(),
                        "tensor(" + value.type().name().toLowerCase(Locale.ROOT) + ")"))
                .toList();
    }
}
