package dev.imprimatur.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imprimatur.persistence.DatabaseConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which database `--db` names, and as whom.
class DatabaseChoiceTest {
  @TempDir Path folder;

  private DatabaseConfig choose(@Nullable String url, Map<String, String> environment) {
    var nowhere = new PrintStream(new ByteArrayOutputStream());
    var around = new Surroundings(environment, folder, "editor", nowhere, nowhere, 80, false);
    return DatabaseChoice.of(url, around, Home.of(environment, folder));
  }

  private DatabaseConfig choose(String url) {
    return choose(url, Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "wo/rd, wo/rd",
        "wo?rd, wo?rd",
        "pass/wo?rd, pass/wo?rd",
        "p@ss/w@rd?, p@ss/w@rd?",
        "#1/2?3@4:5, #1/2?3@4:5",
        "1/x, 1/x",
        "x?y=z, x?y=z",
        "x?y=z@a, x?y=z@a",
        "/, /",
        "?, ?",
        "a+b, a+b",
        "p%40ss%2Fwo%3Frd, p@ss/wo?rd",
        "100%, 100%",
        "50%/50, 50%/50",
      })
  void aPasswordEndsAtTheLastAtBeforeTheHost(String written, String meant) {
    for (String scheme : new String[] {"jdbc:postgresql", "postgresql", "POSTGRES"}) {
      for (String place :
          new String[] {
            "db.example/imprimatur",
            "db.example:5433/imprimatur?sslmode=require&ApplicationName=a@b/c",
            "[::1]:5433/imprimatur",
            "one.example:5432,two.example:5433/imprimatur?targetServerType=primary",
          }) {
        DatabaseConfig chosen = choose(scheme + "://editor:" + written + "@" + place);
        assertThat(chosen.url()).isEqualTo("jdbc:postgresql://" + place);
        assertThat(chosen.user()).isEqualTo("editor");
        assertThat(chosen.password()).isEqualTo(meant);
        assertThat(chosen.toString()).doesNotContain(meant.length() > 3 ? meant : "editor:");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example/imprimatur",
        "jdbc:postgresql://db.example/imprimatur?ApplicationName=a@b",
        "jdbc:postgresql://db.example:5433/imprimatur?options=-c%20x=y@z&ApplicationName=a@b",
        "jdbc:postgresql://db.example/imprimatur?user=me@corp.example&password=p@ss/wo?rd",
        "jdbc:postgresql://[::1]/imprimatur?ApplicationName=a@b",
        "jdbc:postgresql:///imprimatur?ApplicationName=a@b",
        "jdbc:postgresql://db.example/team@work",
        "jdbc:postgresql:imprimatur",
        "jdbc:h2:file:./somebody@home",
      })
  void whereNoUserStandsTheUrlIsLeftAsItIs(String url) {
    DatabaseConfig chosen = choose("  " + url + " ");
    assertThat(chosen.url()).isEqualTo(url);
    assertThat(chosen.user()).isNull();
    assertThat(chosen.password()).isNull();
  }

  @Test
  void aUserAloneHasTheEnvironmentsPassword() {
    Map<String, String> environment = Map.of("IMPRIMATUR_DB_PASSWORD", "hush-hush");
    DatabaseConfig chosen = choose("jdbc:postgresql://me%40corp@db.example/x", environment);
    assertThat(chosen.user()).isEqualTo("me@corp");
    assertThat(chosen.password()).isEqualTo("hush-hush");
    assertThat(choose("jdbc:postgresql://me:mine@db.example/x", environment).password())
        .isEqualTo("mine");
    assertThat(choose("jdbc:postgresql://db.example/x?password=mine", environment).password())
        .isNull();
  }

  @Test
  void whatIsNoDatabaseIsToldWithoutItsPassword() {
    assertThatThrownBy(() -> choose("mysql://editor:hush/hush@db.example/x"))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("no database that is known")
        .hasMessageNotContaining("hush");
  }
}
