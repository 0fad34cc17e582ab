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

/** The page of a fine-tuned model. It stays with the run: the pictures in it are the user's. */
record FinetuneReport(FinetuneOutcome made, ModelCard card, FinetuneRecipe recipe) {

    private static final int MISTAKES = 40;
    private static final PictureSize THUMBNAIL = new PictureSize(112, 112, 3);
    /** Pictures of a class that are shown, and in all. */
    private static final int SAMPLES = 6;

    private static final int MOST_SAMPLES = 48;

    Report page() throws IOException {
        Report report = Report.titled(card.id()).summary(card.title() + ". " + card.summary());
        for (SplitResult part : made.parts()) {
            report.fact(
                    capital(part.name()) + " accuracy",
                    percent(part.accuracy()),
                    part.right() + " of " + part.items().size() + "; 95 % sure: "
                            + percent(part.interval().low()) + " to "
                            + percent(part.interval().high()));
            report.fact("Balanced accuracy", percent(part.balancedAccuracy()), "mean of the classes, " + part.name());
        }
        report.fact(
                        "Cross-validated",
                        percent(made.learnt().search().chosen().accuracy()),
                        "on the training pictures, " + made.learnt().search().folds() + " parts")
                .fact(
                        "Parity",
                        Numerals.significant(made.parity().maxError()),
                        "the file in ONNX Runtime against what was learnt")
                .fact("Time", Numerals.decimal(made.watch().seconds(), 1) + " s", "from the folder to this page");
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
        Table table = Table.captioned("Pictures of each class.")
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
        if (made.learnt().isBalanced()) {
            report.paragraph("The classes have unlike numbers of pictures, so each picture counts the less the more its"
                    + " class has: all classes weigh alike.");
        }
        if (!made.faults().isEmpty()) {
            report.paragraph("Left out, since they cannot be read: " + String.join("; ", made.faults()));
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
            return false; // named among those that were left out
        }
        pictures.add(CaptionedPicture.of(caption, pixels, THUMBNAIL.height(), THUMBNAIL.width(), THUMBNAIL.channels()));
        return true;
    }

    private void results(Report report, SplitResult part) throws IOException {
        List<String> labels = card.labels();
        report.section("On the pictures for " + part.name())
                .figure(ConfusionMatrix.of(labels, part.scores().confusion())
                        .figure("Pictures for " + part.name() + " by truth (row) and prediction (column)."));
        Table table = Table.captioned("The share of each class that is right, with its 95 % interval.")
                .text("class")
                .whole("pictures")
                .percent("right", 1)
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
            report.paragraph("It made no mistake.");
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
                            "%s, taken for %s (%.2f): %s",
                            labels.get(mistake.truth()),
                            labels.get(mistake.predicted()),
                            mistake.score(),
                            item.file().getFileName()));
        }
        report.paragraph("Its mistakes, the most confident first; some may be labels that are wrong.")
                .pictures(mistakes);
    }

    private void learning(Report report, TunedClassifier tried) {
        History history = tried.history();
        report.section("How all layers learned");
        tried.warnings().forEach(report::paragraph);
        if (!made.isTuned()) {
            report.paragraph("All layers together told " + percent(tried.accuracy())
                    + " of the pictures for validation apart at best, fewer than the new last layer alone, so the base is as it"
                    + " was. This is how it went.");
        }
        report.figures(
                LineChart.ofEpochs("cross-entropy [nats]")
                        .line(Role.TRAIN, "loss while training", history.losses())
                        .figure("Mean loss over each epoch's steps."),
                LineChart.ofEpochs("learning rate")
                        .line("learning rate", history.learningRates())
                        .figure("Of the last layers, at the end of each epoch."));
        if (history.last().metrics().containsKey("validation.accuracy")) {
            report.figure(LineChart.ofEpochs("accuracy")
                            .line(Role.VALIDATION, "validation", history.metric("validation.accuracy"))
                            .figure("After each epoch; the weights of the best one were kept."))
                    .paragraph(
                            "The pictures for validation chose the epoch, so that their accuracy is a little too good to be"
                                    + " true for others; that of pictures for test is not.");
        }
    }

    private void choices(Report report) {
        List<CrossValidation.Point> points =
                new ArrayList<>(made.learnt().search().points());
        Collections.reverse(points);
        double[] decays =
                points.stream().mapToDouble(CrossValidation.Point::decay).toArray();
        report.section("What was chosen, and by what")
                .paragraph("Weight decay holds the new layer's weights small, so that it does not learn its pictures by"
                        + " heart. Cross-validation tries each strength on training pictures that the layer has not"
                        + " seen; the lowest loss wins. The pictures for "
                        + (made.settings().mode() instanceof Mode.HeadOnly ? "validation and test" : "test")
                        + " had no part in any choice.");
        made.learnt()
                .search()
                .blend()
                .map(CrossValidation.Blend::point)
                .ifPresent(mean -> report.paragraph(String.format(
                        Locale.ROOT,
                        "With so few pictures a second kind of layer helps, a linear discriminant, which models the features of each"
                                + " class rather than the border between them. The layer in the file is the mean of the two:"
                                + " cross-validated, %s is right and the loss is %.3f nats; the softmax regression of the curves, %s"
                                + " and %.3f.",
                        percent(mean.accuracy()),
                        mean.loss(),
                        percent(made.learnt().search().best().accuracy()),
                        made.learnt().search().best().loss())));
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
                            .figure("Lowest at "
                                    + Numerals.significant(
                                            made.learnt().search().best().decay())
                                    + ", with a standard error of "
                                    + Numerals.decimal(
                                            made.learnt().search().best().error(), 3)
                                    + "."),
                    LineChart.of("weight decay", "accuracy")
                            .xScale(Scale.LOG)
                            .line(
                                    "cross-validated accuracy",
                                    decays,
                                    points.stream()
                                            .mapToDouble(CrossValidation.Point::accuracy)
                                            .toArray())
                            .figure("Of the same heads."));
        }
        if (!made.found().trials().isEmpty()) {
            Table table = Table.captioned("What the base may take for a pixel. The first "
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
            return "Nothing was frozen but batch normalisation: " + recipe.tuning() + ".";
        }
        long learned = (long) card.labels().size() * (recipe.base().dimension() + 1);
        return String.format(
                Locale.ROOT,
                "Frozen: all of %s up to '%s' (%s), %,d parameters. Learnt: one layer of %,d weights behind it.",
                made.base().name(),
                made.base().tap().tensor(),
                made.base().tap().reason(),
                outline.kept(),
                learned);
    }

    private Table timing() {
        Table table = Table.captioned("Time, in seconds; features that were computed before cost none.")
                .text("part")
                .decimal("seconds", 1);
        made.watch().laps().forEach(table::row);
        return table;
    }

    private Table digests() {
        Table table = Table.captioned("Data, with the SHA-256 of their content")
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
