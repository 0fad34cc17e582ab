package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorDataTest {

    private final float[] memory = {1, 2, 3, 4, 5, 6};

    /** The memory above, two values at a time. */
    private final TensorData lent = TensorData.of(
            DataType.FLOAT,
            sink -> {
                for (int i = 0; i < memory.length; i += 2) {
                    ByteBuffer piece = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    sink.accept(
                            piece.putFloat(memory[i]).putFloat(memory[i + 1]).flip());
                }
            },
            2,
            3);

    @Test
    void valuesInPiecesEqualThoseInOneBuffer() throws IOException {
        TensorData held = TensorData.of(memory, 2, 3);
        assertEquals(held, lent);
        assertEquals(held.hashCode(), lent.hashCode());
        assertArrayEquals(memory, lent.floats());
        assertEquals(24, lent.byteSize());
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        lent.read(piece -> {
            while (piece.hasRemaining()) {
                read.write(piece.get());
            }
        });
        assertEquals(held.bytes(), ByteBuffer.wrap(read.toByteArray()));
    }

    @Test
    void onlyADetachedTensorKeepsItsValuesWhenTheMemoryChanges() {
        TensorData detached = lent.detached();
        memory[0] = 9;
        assertEquals(9, lent.floats()[0]);
        assertEquals(1, detached.floats()[0]);
        assertSame(detached, detached.detached());
    }

    @Test
    void thePositionsOfATensorThatIsPartOfAFileBeginAtItsFirstValue() {
        ByteBuffer file = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(8, 5).putLong(16, 6).position(8);
        TensorData tensor = TensorData.of(DataType.INT64, file, 2);
        assertEquals(5, tensor.bytes().getLong(0));
        assertEquals(
                6, tensor.bytes().slice(8, 8).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    @Test
    void aShapeOfAnotherSizeIsRefused() {
        assertArrayEquals(new long[] {6}, lent.reshaped(6).dims());
        assertThrows(IllegalArgumentException.class, () -> lent.reshaped(5));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(DataType.FLOAT, ByteBuffer.allocate(8), 3));
    }
}
