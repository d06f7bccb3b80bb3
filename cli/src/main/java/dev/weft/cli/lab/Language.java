package dev.weft.cli.lab;

import java.util.Locale;

/// The languages that labs speak.
enum Language {
    EN,
    ZH;

    /// The language of the environment: Chinese where the locale says so, else English.
    static Language ofEnvironment() {
        return Locale.getDefault().getLanguage().equals("zh") ? ZH : EN;
    }
}
