package dev.jzoo.finetune.base;

import dev.jzoo.export.PixelInput.PixelLayout;
import dev.jzoo.export.Preprocessing;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;

/**
 * The nodes from a picture's bytes, {@code image} uint8 [batch, height, width, channels], to the input of a
 * floating-point network.
 *
 * @param batch number of pictures at once
 * @param size size of the pictures
 * @param layout layout of the network's input
 * @param normalization pixel convention of the network
 * @param type element type of the network's input
 */
record PictureInput(Dimension batch, PictureSize size, PixelLayout layout, Normalization normalization, DataType type)
        implements Preprocessing {

    private static final int CHANNELS = 3;

    @Override
    public ValueInfo input() {
        List<Dimension> shape =
                List.of(batch, Dimension.of(size.height()), Dimension.of(size.width()), Dimension.of(size.channels()));
        return new ValueInfo("image", DataType.UINT8, shape);
    }

    @Override
    public String emit(GraphBuilder graph, String input) {
        graph.scope("preprocess");
        String ordered = input;
        if (normalization.isBlueFirst() && size.channels() == CHANNELS) {
            ordered = graph.op("Gather", input, graph.constant(2, 1, 0))
                    .integer("axis", CHANNELS)
                    .emit();
        }
        String value = normalization
                .pixels(size.height(), size.width(), size.channels(), layout)
                .emit(graph, ordered);
        return type == DataType.FLOAT
                ? value
                : graph.op("Cast", value).integer("to", type.code()).emit();
    }
}
