package dev.jzoo.examples.spring;

import dev.jzoo.inference.Label;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ClassifyController {

    record Answer(String label, float score) {}

    record Refusal(String error) {}

    private final ImageClassifier digits;

    ClassifyController(ImageClassifier digits) {
        this.digits = digits;
    }

    /** Classifies the body, which is the file itself: PNG, JPEG, GIF, BMP or TIFF. */
    @PostMapping("/classify")
    Answer classify(@RequestBody byte[] file) throws IOException {
        Label best = digits.classify(Picture.decode(file, "The body")).best();
        return new Answer(best.name(), best.score());
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Refusal noPicture(DataFormatException e) {
        return new Refusal(e.getMessage());
    }
}
