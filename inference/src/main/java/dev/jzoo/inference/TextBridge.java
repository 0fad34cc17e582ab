package dev.jzoo.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A workaround for texts that ONNX Runtime's Java binding would corrupt (see {@link NativeText}). It uses two small graphs:
 * a constant, whose texts are UTF-8 in the bytes of its file, and a concatenation.
 *
 * <p>For outputs, the binding returns a character beyond U+FFFF as its four bytes of UTF-8, each as one character, and cuts
 * the text at the length it should have had. With enough padding at its end a text arrives completely, and its bytes can be
 * joined again.
 */
final class TextBridge {

    /** A noncharacter of Unicode, which no text contains. */
    private static final char PADDING = '\uFDD0';

    /** Four bytes of UTF-8, each as a character, or the rest of them that the binding left at the end of a text. */
    private static final Pattern FOUR_BYTES =
            Pattern.compile("[\u00F0-\u00F4](?:[\u0080-\u00BF]{3}|[\u0080-\u00BF]{0,2}$)");

    private static final int STRING = 8;

    private TextBridge() {}

    /** Returns a tensor of texts. The caller closes it. */
    static OnnxTensor tensor(String[] texts, long[] shape) throws OrtException {
        if (Arrays.stream(texts).allMatch(NativeText::isSafe)) {
            return OnnxTensor.createTensor(OrtRuntime.environment(), texts, shape);
        }
        try (OrtSession session = OrtRuntime.environment().createSession(constant(texts, shape))) {
            // The result holds only this tensor, which the caller closes.
            return (OnnxTensor) session.run(Map.of()).get(0);
        }
    }

    /** Returns the correct texts of a tensor, given the texts that the binding returned. */
    static String[] repaired(OnnxTensor tensor, String[] texts) throws OrtException {
        String[] given = texts;
        for (int length = 64; length > 0 && Arrays.stream(given).anyMatch(TextBridge::isSuspicious); length *= 16) {
            given = padded(tensor, String.valueOf(PADDING).repeat(length));
            if (Arrays.stream(given).allMatch(text -> text.indexOf(PADDING) >= 0)) {
                return Arrays.stream(given).map(TextBridge::decoded).toArray(String[]::new);
            }
        }
        return given;
    }

    private static boolean isSuspicious(String text) {
        return FOUR_BYTES.matcher(text).find();
    }

    private static String decoded(String padded) {
        return FOUR_BYTES
                .matcher(padded.substring(0, padded.indexOf(PADDING)))
                .replaceAll(bytes -> bytes.group().length() == 4
                        ? new String(bytes.group().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        : bytes.group());
    }

    private static String[] padded(OnnxTensor tensor, String padding) throws OrtException {
        try (OnnxTensor end =
                        OnnxTensor.createTensor(OrtRuntime.environment(), new String[] {padding}, new long[] {1});
                OrtSession.Result result = Concatenation.SESSION.run(Map.of("x", tensor, "end", end))) {
            return Outputs.strings(((OnnxTensor) result.get(0)).getValue());
        }
    }

    /** A session that is never closed. It ends with the process. */
    private static final class Concatenation {
        static final OrtSession SESSION = open();

        private static OrtSession open() {
            byte[] node = WireBytes.join(
                    WireBytes.text(1, "x"),
                    WireBytes.text(1, "end"),
                    WireBytes.text(2, "y"),
                    WireBytes.text(4, "StringConcat"));
            byte[] graph = WireBytes.join(
                    WireBytes.field(1, node),
                    WireBytes.text(2, "g"),
                    WireBytes.field(11, port("x")),
                    WireBytes.field(11, port("end")),
                    WireBytes.field(12, port("y")));
            try {
                return OrtRuntime.environment().createSession(model(graph));
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime does not support StringConcat.", e);
            }
        }
    }

    private static byte[] constant(String[] texts, long[] shape) {
        byte[][] dims =
                Arrays.stream(shape).mapToObj(size -> WireBytes.number(1, size)).toArray(byte[][]::new);
        byte[][] data =
                Arrays.stream(texts).map(text -> WireBytes.text(6, text)).toArray(byte[][]::new);
        byte[] tensor = WireBytes.join(WireBytes.join(dims), WireBytes.number(2, STRING), WireBytes.join(data));
        byte[] value = WireBytes.join(WireBytes.text(1, "value"), WireBytes.field(5, tensor), WireBytes.number(20, 4));
        byte[] node = WireBytes.join(WireBytes.text(2, "y"), WireBytes.text(4, "Constant"), WireBytes.field(5, value));
        return model(WireBytes.join(WireBytes.field(1, node), WireBytes.text(2, "g"), WireBytes.field(12, port("y"))));
    }

    private static byte[] port(String name) {
        byte[] type = WireBytes.field(1, WireBytes.number(1, STRING));
        return WireBytes.join(WireBytes.text(1, name), WireBytes.field(2, type));
    }

    private static byte[] model(byte[] graph) {
        return WireBytes.join(
                WireBytes.number(1, 9), WireBytes.field(7, graph), WireBytes.field(8, WireBytes.number(2, 20)));
    }
}
