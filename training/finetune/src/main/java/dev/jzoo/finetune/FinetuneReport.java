package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.head.CrossValidation;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.numerics.WilsonInterval;
import dev.jzoo.report.CaptionedPicture;
import dev.jzoo.report.ConfusionMatrix;
import dev.jzoo.report.LineChart;
import dev.jzoo.report.Numerals;
import dev.jzoo.report.Report;
import dev.jzoo.report.Role;
import dev.jzoo.report.Scale;
import dev.jzoo.report.Table;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.History;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The report page of a fine-tuned model. It stays in the run's folder, because it shows the user's pictures. */
record FinetuneReport(FinetuneOutcome made, ModelCard card, FinetuneRecipe recipe) {

    private static final int MISTAKES = 40;
    private static final PictureSize THUMBNAIL = new PictureSize(112, 112, 3);
    /** Number of example pictures per class; {@link #MOST_SAMPLES} limits their total. */
    private static final int SAMPLES = 6;

    private static final int MOST_SAMPLES = 48;

    Report page() throws IOException {
        Report report = Report.titled(card.id()).summary(card.title() + ". " + card.summary());
        for (SplitResult part : made.parts()) {
            report.fact(
                    capital(part.name()) + " accuracy",
                    percent(part.accuracy()),
                    part.right() + " of " + part.items().size() + "; 95 % interval: "
                            + percent(part.interval().low()) + " to "
                            + percent(part.interval().high()));
            report.fact("Balanced accuracy", percent(part.balancedAccuracy()), "mean over the classes, " + part.name());
        }
        report.fact(
                        "Cross-validated",
                        percent(made.trained().search().chosen().accuracy()),
                        "on the training pictures, " + made.trained().search().folds() + " folds")
                .fact(
                        "Parity",
                        Numerals.significant(made.parity().maxError()),
                        "the file in ONNX Runtime against the trained network")
                .fact(
                        "Time",
                        Numerals.decimal(made.watch().seconds(), 1) + " s",
                        "from reading the folder to this page");
        data(report);
        for (SplitResult part : made.parts()) {
            results(report, part);
        }
        made.tried().ifPresent(tried -> learning(report, tried));
        choices(report);
        FinetuneOutline outline = new FinetuneOutline(made, recipe);
        return report.trained(outline.outline())
                .section("How it was made")
                .paragraph(frozen(outline))
                .verbatim(card.recipe().command())
                .table(timing())
                .table(digests());
    }

    private void data(Report report) throws IOException {
        report.section("The pictures");
        Table table = Table.captioned("Number of pictures of each class.")
                .text("class")
                .whole("training")
                .whole("validation")
                .whole("test");
        List<String> labels = card.labels();
        for (int i = 0; i < labels.size(); i++) {
            table.row(
                    labels.get(i),
                    made.split().train().counts().get(i),
                    made.split().validation().counts().get(i),
                    made.split().test().counts().get(i));
        }
        report.table(table);
        if (made.trained().isBalanced()) {
            report.paragraph(
                    "The classes differ in size. The loss weights each picture by the inverse size of its class,"
                            + " so that all classes count equally.");
        }
        if (!made.faults().isEmpty()) {
            report.paragraph("Left out because they cannot be read: " + String.join("; ", made.faults()));
        }
        report.pictures(samples());
    }

    private List<CaptionedPicture> samples() throws IOException {
        LabelledPictures train = made.split().train();
        int classes = train.labels().size();
        int each = Math.max(1, Math.min(SAMPLES, MOST_SAMPLES / classes));
        int[] shown = new int[classes];
        List<CaptionedPicture> samples = new ArrayList<>();
        for (Item item : train.items()) {
            if (shown[item.label()] < each && samples.size() < MOST_SAMPLES) {
                shown[item.label()] += add(samples, item, train.labels().get(item.label())) ? 1 : 0;
            }
        }
        return samples;
    }

    private static boolean add(List<CaptionedPicture> pictures, Item item, String caption) throws IOException {
        byte[] pixels;
        try {
            pixels = PictureView.read(item.file()).pixels(THUMBNAIL, Framing.CENTRED);
        } catch (DataFormatException e) {
            return false; // listed among the pictures that were left out
        }
        pictures.add(CaptionedPicture.of(caption, pixels, THUMBNAIL.height(), THUMBNAIL.width(), THUMBNAIL.channels()));
        return true;
    }

    private void results(Report report, SplitResult part) throws IOException {
        List<String> labels = card.labels();
        report.section("Results on the pictures for " + part.name())
                .figure(ConfusionMatrix.of(labels, part.scores().confusion())
                        .figure("Pictures for " + part.name() + " by truth (row) and prediction (column)."));
        Table table = Table.captioned("Share of each class that was classified correctly, with its 95 % interval.")
                .text("class")
                .whole("pictures")
                .percent("correct", 1)
                .percent("from", 1)
                .percent("to", 1);
        for (int i = 0; i < labels.size(); i++) {
            long[] row = part.scores().confusion()[i];
            long all = Arrays.stream(row).sum();
            WilsonInterval interval = WilsonInterval.of(row[i], all);
            table.row(
                    labels.get(i),
                    all,
                    all == 0 ? "" : (Object) ((double) row[i] / all),
                    all == 0 ? "" : (Object) interval.low(),
                    all == 0 ? "" : (Object) interval.high());
        }
        report.table(table);
        if (part.scores().mistakes().isEmpty()) {
            report.paragraph("The model made no mistakes.");
            return;
        }
        List<CaptionedPicture> mistakes = new ArrayList<>();
        for (ClassifierScores.Mistake mistake :
                part.scores().mistakes().stream().limit(MISTAKES).toList()) {
            Item item = part.items().get(mistake.index());
            add(
                    mistakes,
                    item,
                    String.format(
                            Locale.ROOT,
                            "%s, classified as %s (%.2f): %s",
                            labels.get(mistake.truth()),
                            labels.get(mistake.predicted()),
                            mistake.score(),
                            item.file().getFileName()));
        }
        report.paragraph("The mistakes, the most confident first. Some of them may be wrong labels.")
                .pictures(mistakes);
    }

    private void learning(Report report, TunedClassifier tried) {
        History history = tried.history();
        report.section("Training of all layers");
        tried.warnings().forEach(report::paragraph);
        if (!made.isTuned()) {
            report.paragraph("With all layers trained, " + percent(tried.accuracy())
                    + " of the pictures for validation were correct at best: fewer than with the new last layer alone. The"
                    + " model therefore keeps the base's weights. The charts show the attempt.");
        }
        report.figures(
                LineChart.ofEpochs("cross-entropy [nats]")
                        .line(Role.TRAIN, "training loss", history.losses())
                        .figure("Mean loss over the steps of each epoch."),
                LineChart.ofEpochs("learning rate")
                        .line("learning rate", history.learningRates())
                        .figure("Learning rate of the last layers at the end of each epoch."));
        if (history.last().metrics().containsKey("validation.accuracy")) {
            report.figure(LineChart.ofEpochs("accuracy")
                            .line(Role.VALIDATION, "validation", history.metric("validation.accuracy"))
                            .figure("Accuracy after each epoch. The model has the weights of the best epoch."))
                    .paragraph(
                            "The pictures for validation chose the epoch, so their accuracy is slightly too optimistic."
                                    + " The accuracy on pictures for test is not affected.");
        }
    }

    private void choices(Report report) {
        List<CrossValidation.Point> points =
                new ArrayList<>(made.trained().search().points());
        Collections.reverse(points);
        double[] decays =
                points.stream().mapToDouble(CrossValidation.Point::decay).toArray();
        report.section("Choice of the settings")
                .paragraph("Weight decay keeps the new layer's weights small, so that it does not memorise the training"
                        + " pictures. Cross-validation tests each strength on training pictures that the layer has not"
                        + " seen, and takes the one with the lowest loss. The pictures for "
                        + (made.settings().mode() instanceof Mode.HeadOnly ? "validation and test" : "test")
                        + " were not used for any choice.");
        made.trained()
                .search()
                .blend()
                .map(CrossValidation.Blend::point)
                .ifPresent(mean -> report.paragraph(String.format(
                        Locale.ROOT,
                        "With few pictures, a linear discriminant helps: it models the features of each class, whereas"
                                + " softmax regression models the border between the classes. The layer in the file is the"
                                + " mean of the two. Its cross-validated accuracy is %s, with a loss of %.3f nats; softmax"
                                + " regression alone, which the charts show, reaches %s and %.3f nats.",
                        percent(mean.accuracy()),
                        mean.loss(),
                        percent(made.trained().search().best().accuracy()),
                        made.trained().search().best().loss())));
        if (points.size() > 1) {
            report.figures(
                    LineChart.of("weight decay", "cross-entropy [nats]")
                            .xScale(Scale.LOG)
                            .line(
                                    "cross-validated loss",
                                    decays,
                                    points.stream()
                                            .mapToDouble(CrossValidation.Point::loss)
                                            .toArray())
                            .figure("The loss is lowest at "
                                    + Numerals.significant(
                                            made.trained().search().best().decay())
                                    + ", with a standard error of "
                                    + Numerals.decimal(
                                            made.trained().search().best().error(), 3)
                                    + "."),
                    LineChart.of("weight decay", "accuracy")
                            .xScale(Scale.LOG)
                            .line(
                                    "cross-validated accuracy",
                                    decays,
                                    points.stream()
                                            .mapToDouble(CrossValidation.Point::accuracy)
                                            .toArray())
                            .figure("Accuracy of the same heads."));
        }
        if (!made.found().trials().isEmpty()) {
            Table table = Table.captioned("Pixel conventions that were tried. The first one "
                            + made.found().method().reason() + ".")
                    .text("convention")
                    .text("pixels")
                    .whole("pictures")
                    .decimal(made.found().method().measure(), 3);
            made.found()
                    .trials()
                    .forEach(trial -> table.row(
                            trial.normalization().id(), trial.normalization().words(), trial.pictures(), trial.nats()));
            report.table(table);
        }
    }

    private String frozen(FinetuneOutline outline) {
        if (made.tuned().isPresent()) {
            return "Only batch normalisation was frozen: " + recipe.tuning() + ".";
        }
        long learned = (long) card.labels().size() * (recipe.base().dimension() + 1);
        return String.format(
                Locale.ROOT,
                "Frozen: all of %s up to '%s' (%s), %,d parameters. Trained: one new layer of %,d weights.",
                made.base().name(),
                made.base().tap().tensor(),
                made.base().tap().reason(),
                outline.kept(),
                learned);
    }

    private Table timing() {
        Table table = Table.captioned("Time in seconds. Cached features take no time.")
                .text("part")
                .decimal("seconds", 1);
        made.watch().laps().forEach(table::row);
        return table;
    }

    private Table digests() {
        Table table = Table.captioned("Data sets, with the SHA-256 of their content.")
                .text("part")
                .text("SHA-256")
                .text("note");
        card.data().forEach(data -> table.row(data.name(), data.sha256().hex(), data.note()));
        return table;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String percent(double share) {
        return Numerals.percent(share, 1);
    }
}
