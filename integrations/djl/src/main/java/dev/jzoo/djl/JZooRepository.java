package dev.jzoo.djl;

import ai.djl.Application;
import ai.djl.repository.AbstractRepository;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.util.Progress;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The zoo as a DJL repository. An artifact is a published model in JZoo's own folder. Each time DJL prepares an artifact, every
 * file is compared with its digest.
 */
final class JZooRepository extends AbstractRepository {

    static final String GROUP = "dev.jzoo";
    static final String ENGINE = "OnnxRuntime";

    private final Settings settings;
    private final Zoo zoo;
    private final Optional<Listing> only;

    private JZooRepository(Settings settings, Zoo zoo, Optional<Listing> only) {
        super("JZoo", URI.create("djl://" + GROUP + "/"));
        this.settings = settings;
        this.zoo = zoo;
        this.only = only;
    }

    /** Returns a repository of all models that the environment's settings find. */
    static JZooRepository standard() {
        Settings settings = Settings.standard();
        return new JZooRepository(settings, Zoo.open(settings), Optional.empty());
    }

    /** Returns a repository of one model. Fails as {@link Zoo#show}. */
    JZooRepository only(String id, Optional<String> version) {
        return new JZooRepository(settings, zoo, Optional.of(zoo.show(name(id, version))));
    }

    private static String name(String id, Optional<String> version) {
        return id + version.map(number -> "@" + number).orElse("");
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public List<MRL> getResources() {
        List<Listing> listings = only.map(List::of).orElseGet(zoo::list);
        return listings.stream()
                .map(listing -> model(application(listing.task()), GROUP, listing.id(), listing.version()))
                .toList();
    }

    @Override
    public Metadata locate(MRL resource) {
        Listing listing = zoo.show(name(resource.getArtifactId(), Optional.ofNullable(resource.getVersion())));
        Artifact artifact = new Artifact();
        artifact.setName(listing.id());
        artifact.setVersion(listing.version());
        artifact.getArguments().put("engine", ENGINE);
        // set for every model: without it, DJL would invent a picture translator for models that take no pictures; this
        // one
        // refuses
        artifact.getArguments().put("translatorFactory", PictureTranslatorFactory.class.getName());
        Metadata metadata = new Metadata.MatchAllMetadata();
        metadata.setGroupId(GROUP);
        metadata.setArtifactId(listing.id());
        metadata.setName(listing.card().title());
        metadata.setDescription(listing.card().summary());
        metadata.setApplication(resource.getApplication());
        metadata.setRepositoryUri(resource.toURI());
        metadata.setArtifacts(List.of(artifact));
        return metadata;
    }

    @Override
    public Artifact resolve(MRL resource, Map<String, String> filter) {
        return locate(resource).getArtifacts().get(0);
    }

    @Override
    public void prepare(Artifact artifact, Progress progress) throws IOException {
        zoo.pull(name(artifact.getName(), Optional.of(artifact.getVersion())), listener(progress));
    }

    @Override
    public Path getResourceDirectory(Artifact artifact) {
        return settings.home().resolve("models").resolve(artifact.getName()).resolve(artifact.getVersion());
    }

    private static ProgressListener listener(Progress progress) {
        if (progress == null) {
            return ProgressListener.NONE;
        }
        return new ProgressListener() {
            private String current = "";

            @Override
            public void progress(String task, long done, long total) {
                if (!task.equals(current)) {
                    current = task;
                    progress.reset(task, total);
                }
                progress.update(done);
            }
        };
    }

    private static Application application(Task task) {
        return switch (task) {
            case IMAGE_CLASSIFICATION -> Application.CV.IMAGE_CLASSIFICATION;
            case TIME_SERIES_FORECASTING -> Application.TimeSeries.FORECASTING;
            case TEXT_GENERATION -> Application.NLP.TEXT_GENERATION;
            case TABULAR_REGRESSION -> Application.Tabular.LINEAR_REGRESSION;
            case TABULAR_CLASSIFICATION -> Application.Tabular.SOFTMAX_REGRESSION;
            case OTHER -> Application.UNDEFINED;
        };
    }
}
