package dev.jzoo.benchmarks;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.catalogue.IdxFile;
import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.inference.pictures.PictureReader;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.OnnxOutline;
import dev.jzoo.onnx.passes.GraphCost;
import dev.jzoo.training.onnx.OnnxBlock;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * A generator of damaged files for all readers of files from outside. It reports each reader that neither reads the file
 * nor fails with a message that names the fault. Each damage is a function of its number, so that a report can be repeated:
 *
 * <pre>
 *   sh benchmarks/fuzz.sh 600 dl4j
 * </pre>
 */
final class Fuzzer {

    /** Numbers with special meanings: sizes, signs, limits. */
    private static final long[] EDGES = {0, 1, -1, 127, 128, 255, 256, 32767, 65535, Integer.MAX_VALUE, 1L << 31, -129};

    private static final String JSON = "configuration.json";
    private static final String VALUES = "coefficients.bin";

    /** A reader under test. */
    private interface BytesReader {
        void read(byte[] bytes) throws IOException;
    }

    private record FuzzTarget(String name, List<byte[]> seeds, BytesReader reader) {}

    private final Path folder;
    private final List<FuzzTarget> targets;
    private long refused;

    /**
     * @param folder for the files to read
     * @param kind prefix of the kind's name; empty for all kinds
     */
    Fuzzer(Path folder, String kind) throws IOException {
        this.folder = folder;
        List<FuzzTarget> all = targets();
        this.targets =
                all.stream().filter(target -> target.name.startsWith(kind)).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("Unknown kind '" + kind + "'; expected "
                    + all.stream().map(FuzzTarget::name).toList() + ".");
        }
    }

    private List<FuzzTarget> targets() throws IOException {
        Path models = Path.of("zoo", "models");
        List<byte[]> onnx = new ArrayList<>();
        for (String model : List.of("airline-lstm", "mnist1d-gru", "mnist1d-cnn", "sine-rnn", "mnist-logistic")) {
            onnx.add(Files.readAllBytes(models.resolve(model + "/1.0.0/model.onnx")));
        }
        for (String odd :
                List.of("functions", "if_untyped", "kinds", "loop", "outside", "packed", "quantised", "sparse")) {
            onnx.add(Files.readAllBytes(Path.of("export/onnx/src/test/resources/cases/onnx", odd + ".onnx")));
        }
        List<byte[]> pictures = new ArrayList<>();
        for (String format : List.of("png", "jpg", "gif", "bmp", "tiff")) {
            pictures.add(picture(format));
        }
        try (Stream<Path> odd = Files.list(Path.of("inference/src/test/resources/cases/pictures/odd"))) {
            for (Path file :
                    odd.filter(p -> !p.toString().endsWith(".rgb")).sorted().toList()) {
                pictures.add(Files.readAllBytes(file));
            }
        }
        byte[] card = Files.readAllBytes(models.resolve("airline-lstm/1.0.0/README.md"));
        byte[] manifest = Files.readAllBytes(models.resolve(Manifest.FILE_NAME));
        byte[] zip = Files.readAllBytes(Path.of("training/dl4j/src/test/resources/dl4j-0.1.0/model.zip"));
        return List.of(
                new FuzzTarget("block", onnx, bytes -> OnnxBlock.of(OnnxFile.read("fuzzed", bytes))),
                new FuzzTarget("dl4j-zip", List.of(zip), this::network),
                new FuzzTarget("dl4j-json", List.of(entry(zip, JSON)), bytes -> network(replaced(zip, JSON, bytes))),
                new FuzzTarget(
                        "dl4j-values", List.of(entry(zip, VALUES)), bytes -> network(replaced(zip, VALUES, bytes))),
                new FuzzTarget("manifest", List.of(manifest), bytes -> Manifest.parse("fuzzed", text(bytes))),
                new FuzzTarget("card", List.of(card), bytes -> CardPage.parse("fuzzed", text(bytes))),
                new FuzzTarget("onnx", onnx, Fuzzer::look),
                new FuzzTarget("idx", List.of(idx()), bytes -> IdxFile.read(file("fuzzed.idx", bytes))),
                new FuzzTarget(
                        "csv",
                        List.of("a,b\n1,2\n3.5,-4e-3\n\"5\",6\n".getBytes(StandardCharsets.UTF_8)),
                        bytes -> NumericTable.read(file("fuzzed.csv", bytes), List.of("a", "b"))),
                new FuzzTarget(
                        "picture",
                        pictures,
                        bytes -> PictureReader.read(file("fuzzed", bytes), new PictureSize(16, 16, 3))));
    }

    private static void look(byte[] bytes) throws IOException {
        OnnxOutline outline = OnnxOutline.read("fuzzed", bytes);
        GraphCost.of(outline.file().graph());
        GraphChecker.faults(outline.file());
        OnnxFile.read("fuzzed", bytes);
    }

    private void network(byte[] zip) throws IOException {
        Dl4jZip.read(file("fuzzed.zip", zip)).close();
    }

    private static byte[] entry(byte[] zip, String name) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new IllegalStateException("The network has no " + name);
    }

    /**
     * Returns the zip with another content of an entry, compressed again: damaged compressed bytes rarely pass their
     * checksum.
     */
    private static byte[] replaced(byte[] zip, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(entry.getName().equals(name) ? content : in.readAllBytes());
            }
        }
        return bytes.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] idx() {
        ByteBuffer idx = ByteBuffer.allocate(16 + 2 * 3 * 4);
        idx.putInt(0x803).putInt(2).putInt(3).putInt(4);
        return idx.array();
    }

    private static byte[] picture(String format) throws IOException {
        BufferedImage picture = new BufferedImage(24, 17, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24 * 17; i++) {
            picture.setRGB(i % 24, i / 24, i * 40503);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, out)) {
            throw new IllegalStateException("No writer for " + format);
        }
        return out.toByteArray();
    }

    /**
     * Damages one file of each kind and reads it.
     *
     * @param number of the damage
     * @return the faults, one line each
     */
    List<String> round(long number) {
        List<String> faults = new ArrayList<>();
        for (FuzzTarget target : targets) {
            byte[] damaged = damaged(target, number);
            try {
                target.reader.read(damaged);
            } catch (DataFormatException | JZooException e) {
                refused++;
                if (e.getMessage() == null || e.getMessage().length() > 3000) {
                    faults.add(line(target, number, damaged, e));
                }
            } catch (IOException | RuntimeException | Error e) {
                faults.add(line(target, number, damaged, e));
            }
        }
        return faults;
    }

    private static String line(FuzzTarget target, long number, byte[] damaged, Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return target.name + " " + number + ": " + thrown + " at "
                + Arrays.stream(trace).limit(4).toList() + ", " + damaged.length + " bytes "
                + HexFormat.of().formatHex(damaged, 0, Math.min(damaged.length, 60));
    }

    private static byte[] damaged(FuzzTarget target, long number) {
        Random random = new Random(number * 31 + target.name.hashCode());
        byte[] bytes = target.seeds.get(random.nextInt(target.seeds.size())).clone();
        for (int damages = 1 + random.nextInt(4); damages > 0; damages--) {
            bytes = damaged(bytes, random);
        }
        return bytes;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, at); // truncated
            case 1 -> spliced(bytes, at, at + length, new byte[0]);
            case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 3 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                yield spliced(bytes, at, at + length, noise);
            }
            case 4 -> {
                int from = random.nextInt(bytes.length);
                yield spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
            }
            case 5 -> number(bytes, at, random);
            case 6 -> digit(bytes, at, random);
            default -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
        };
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        ByteBuffer spliced = ByteBuffer.allocate(bytes.length - (to - from) + between.length);
        spliced.put(bytes, 0, from).put(between).put(bytes, to, bytes.length - to);
        return spliced.array();
    }

    /** Writes a number of 1 to 8 bytes in a random byte order. */
    private static byte[] number(byte[] bytes, int at, Random random) {
        long edge = EDGES[random.nextInt(EDGES.length)];
        int width = Math.min(1 << random.nextInt(4), bytes.length - at);
        boolean big = random.nextBoolean();
        for (int i = 0; i < width; i++) {
            bytes[at + (big ? width - 1 - i : i)] = (byte) (edge >> 8 * i);
        }
        return bytes;
    }

    /** Replaces the next digit in a text by another number. */
    private static byte[] digit(byte[] bytes, int at, Random random) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                byte[] edge = Long.toString(EDGES[random.nextInt(EDGES.length)]).getBytes(StandardCharsets.US_ASCII);
                return spliced(bytes, i, i + 1, edge);
            }
        }
        return bytes;
    }

    /**
     * Runs the fuzzer and prints the faults. Arguments: SECONDS, 600 by default; KIND, all by default; and FIRST, the
     * number of the first damage, the time by default.
     */
    public static void main(String[] arguments) throws IOException {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 600;
        Path folder = Files.createTempDirectory("jzoo-fuzz");
        String kind = arguments.length > 1 && !arguments[1].equals("all") ? arguments[1] : "";
        Fuzzer fuzzer = new Fuzzer(folder, kind);
        long end = System.nanoTime() + seconds * 1_000_000_000;
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : System.currentTimeMillis();
        long number = first;
        long faults = 0;
        for (; System.nanoTime() < end; number++) {
            List<String> found = fuzzer.round(number);
            found.forEach(System.out::println);
            faults += found.size();
        }
        System.out.println((number - first) * fuzzer.targets.size() + " damaged files from number " + first + ", "
                + fuzzer.refused + " refused, " + faults + " faults");
        System.exit(faults == 0 ? 0 : 1);
    }
}
