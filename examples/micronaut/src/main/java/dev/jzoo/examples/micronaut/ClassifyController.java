package dev.jzoo.examples.micronaut;

import dev.jzoo.inference.Label;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.zoo.error.DataFormatException;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;

@Controller
class ClassifyController {

    @Introspected
    record Answer(String label, float score) {}

    @Introspected
    record Refusal(String error) {}

    private final ImageClassifier digits;

    ClassifyController(ImageClassifier digits) {
        this.digits = digits;
    }

    /**
     * Classifies the body, which is the file itself: PNG, JPEG, GIF, BMP or TIFF. It runs on a blocking executor, since
     * computing must not block the network threads.
     */
    @Post(uri = "/classify", consumes = MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    Answer classify(@Body byte[] file) throws IOException {
        Label best = digits.classify(Picture.decode(file, "The body")).best();
        return new Answer(best.name(), best.score());
    }

    @Error
    HttpResponse<Refusal> noPicture(DataFormatException e) {
        return HttpResponse.badRequest(new Refusal(e.getMessage()));
    }
}
