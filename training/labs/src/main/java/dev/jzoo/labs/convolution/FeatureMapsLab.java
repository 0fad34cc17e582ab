package dev.jzoo.labs.convolution;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.report.BarChart;
import dev.jzoo.report.Frame;
import dev.jzoo.report.Frames;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralLayer.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The maps that the convolutions of a trained network compute for a digit, taken out of the file with ONNX Runtime. */
public final class FeatureMapsLab implements Lab {

    @Override
    public LabInfo info() {
        return new LabInfo(
                "feature-maps",
                "Feature maps of a trained network",
                "What does a trained network see in a digit, layer by layer?",
                Chapter.CONVOLUTION);
    }

    /** Runs the file on some digits, with one of its inner tensors as another output. */
    private static Map<String, Tensor> run(Path file, String tensor, Tensor pixels) throws IOException {
        try (OnnxModel model = OnnxModel.openWith(file, tensor, Device.cpu())) {
            return model.run(Map.of("image", pixels));
        }
    }

    /** Returns the outputs of the first layers of a network. */
    private static Array prefix(List<NeuralLayer> layers, int count, Array input) {
        Array activation = input;
        for (NeuralLayer layer : layers.subList(0, count)) {
            activation = layer.forward(activation, Phase.INFERENCE);
        }
        return activation;
    }

    private static double distance(Array a, Array b) {
        return Arrays.stream(a.minus(b).values()).map(Math::abs).max().orElse(0);
    }

    /** Returns one number for each map of each picture: its mean. */
    private static Array means(Array maps) {
        int size = maps.size(2) * maps.size(3);
        Array means = Array.zeros(maps.size(0), maps.size(1));
        for (int i = 0; i < maps.count(); i++) {
            means.values()[i / size] += maps.values()[i] / size;
        }
        return means;
    }

    /** Returns the mean row of the examples of each class. */
    private static Array centres(Array rows, int[] labels, int examples) {
        Array centres = Array.zeros(10, rows.size(1));
        for (int n = 0; n < examples; n++) {
            for (int j = 0; j < rows.size(1); j++) {
                double old = centres.get(labels[n], j);
                centres.set(old + rows.get(n, j) * 10 / examples, labels[n], j); // each class has a tenth
            }
        }
        return centres;
    }

    /** Returns the share of the second half of the rows that is nearest to the centre of its class in the first half. */
    private static double nearestCentre(Array rows, int[] labels) {
        int half = rows.size(0) / 2;
        Array centres = centres(rows, labels, half);
        int right = 0;
        for (int n = half; n < rows.size(0); n++) {
            Array row = rows.take(n);
            int best = 0;
            for (int c = 1; c < 10; c++) {
                if (row.minus(centres.take(c)).norm()
                        < row.minus(centres.take(best)).norm()) {
                    best = c;
                }
            }
            right += best == labels[n] ? 1 : 0;
        }
        return right / (double) (rows.size(0) - half);
    }

    @Override
    public void run(LabPage page) throws IOException {
        page.text("""
                A trained network is not a black box: every number on the way can be read. The zoo's LeNet was trained on MNIST and comes
                with JZoo's jar. Its ONNX file is a list of operators with named tensors between them. The first thing to do with a file
                that you do not know is to look at them.
                """);
        Path file = PublishedLenet.file(page.data());
        List<Node> nodes = OnnxFile.read(file).graph().nodes();
        for (Node node : nodes) {
            page.print("%-10s %s", node.opType(), node.outputs().get(0));
        }
        List<String> maps = nodes.stream()
                .filter(node -> node.opType().equals("Conv"))
                .map(node -> node.outputs().get(0))
                .toList();
        page.claim("LeNet has two convolutions.").equal(maps.size(), 2);

        page.text("""
                To see a tensor, name it as another output of the graph. ONNX Runtime then returns it with the probabilities, which
                must stay the same. The digits of this lab are drawn by a program, so the lab does not need a download.
                """);
        int count = page.pick(200, 1_000, 2_000);
        LabelledImages digits = ProceduralDigits.generate(count, page.seed());
        Tensor pixels = PublishedLenet.pixels(digits, 0, count);
        Map<String, Tensor> first = run(file, maps.get(0), pixels);
        Map<String, Tensor> second = run(file, maps.get(1), pixels);
        Map<String, Tensor> plain;
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            plain = model.run(Map.of("image", pixels));
        }
        Array probabilities = PublishedLenet.array(plain.get("probabilities"));
        page.print(
                "first convolution  %s", Arrays.toString(first.get(maps.get(0)).shape()));
        page.print(
                "second convolution %s", Arrays.toString(second.get(maps.get(1)).shape()));
        page.claim("The probabilities stay the same (largest difference).")
                .atMost(distance(PublishedLenet.array(second.get("probabilities")), probabilities), 1e-6);

        page.text("""
                Do the maps mean what we think? We read the weights from the file into layers written from scratch, and compute the same
                tensors by hand: convolution, ReLU and pooling, then convolution again.
                """);
        Array input = PictureSurface.batch(digits, 0, 20);
        List<NeuralLayer> layers = PublishedLenet.network(file).layers();
        Array firstMaps = PublishedLenet.array(first.get(maps.get(0)));
        Array secondMaps = PublishedLenet.array(second.get(maps.get(1)));
        int[] some = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        page.claim("First convolution: ONNX Runtime = layers from scratch (largest difference).")
                .atMost(distance(prefix(layers, 1, input), firstMaps.take(some)), 1e-4);
        page.claim("Second convolution.").atMost(distance(prefix(layers, 4, input), secondMaps.take(some)), 1e-4);

        page.text("""
                Now look. A map of the first layer still has the outline of the digit. Each kernel answers to strokes and edges of one
                direction, and ReLU keeps only where it says yes. Move the slider through four of the six maps.
                """);
        Array seen = firstMaps.take(4).map(value -> Math.max(0, value)); // $ReLU(x) = max(0, x)$
        List<Frame> frames = new ArrayList<>();
        for (int map = 0; map < 4; map++) {
            frames.add(new Frame(
                    String.valueOf(map),
                    PictureSurface.chart("activation", PictureSurface.channel(seen, 0, map))
                            .figure("Map " + map + " of the first layer, for the digit " + digits.label(4) + ".")));
        }
        page.figure(Frames.of("map", frames));

        page.text("""
                Deeper maps are smaller, and there are more of them: less *where*, more *what*. Take the mean of each of the sixteen maps
                of the second layer, which forgets all places. The profile differs from digit to digit.
                """);
        Array profile = means(secondMaps.map(value -> Math.max(0, value)));
        Array centres = centres(profile, digits.labels(), count);
        List<Frame> profiles = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            BarChart chart = BarChart.of("mean activation");
            for (int map = 0; map < 16; map++) {
                chart.bar("map " + map, centres.get(digit, map));
            }
            profiles.add(new Frame(
                    String.valueOf(digit),
                    chart.figure("The sixteen maps of the second layer, for the digit " + digit + ".")));
        }
        page.figure(Frames.of("digit", profiles).choose(3));

        page.text("""
                How much do these means know? Give each new digit the class with the nearest mean profile, and nothing else. Guessing is
                right in one case of ten. Sixteen means of the second layer must beat six means of the first: what tells a digit is
                built up from layer to layer. The whole network, which also knows where things are, is the upper bound.
                """);
        double early = nearestCentre(means(firstMaps.map(value -> Math.max(0, value))), digits.labels());
        double late = nearestCentre(profile, digits.labels());
        int right = 0;
        int[] answers = probabilities.argMax();
        for (int n = count / 2; n < count; n++) {
            right += answers[n] == digits.label(n) ? 1 : 0;
        }
        double whole = right / (count / 2.0);
        page.figure(BarChart.of("share of right answers")
                .bar("guessing", 0.1)
                .bar("6 means, first layer", early)
                .bar("16 means, second layer", late)
                .bar("whole network", whole)
                .figure("Digits recognised by the nearest mean profile, and by the network."));
        page.claim("Means of the first layer are better than guessing (share right).")
                .atLeast(early, 0.2);
        page.claim("The second layer knows more than the first (difference of the shares).")
                .atLeast(late - early, 0.1);
        page.claim("The whole network knows more than means without places.").atLeast(whole - late, 0.02);
    }
}
