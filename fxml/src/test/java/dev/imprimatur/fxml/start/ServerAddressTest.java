package dev.imprimatur.fxml.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// URLs taken apart and put together.
class ServerAddressTest {
  @Test
  void everyPartIsFoundAndSecretsAreNoPartOfIt() {
    ServerAddress.Parsed parsed =
        ServerAddress.parse(
                "jdbc:postgresql://db.example:5433/team%20a?user=ed&password=hush%26&sslmode=verify-full&sslpassword=key&sslrootcert=/ca.crt")
            .orElseThrow();
    assertThat(parsed.user()).isEqualTo("ed");
    assertThat(parsed.password().reveal()).isEqualTo("hush&");
    assertThat(parsed.address())
        .isEqualTo(
            new ServerAddress(
                "db.example",
                "5433",
                "team a",
                TlsMode.VERIFY_FULL,
                List.of("sslrootcert=/ca.crt")));
    assertThat(parsed.address().url())
        .isEqualTo(
            "jdbc:postgresql://db.example:5433/team%20a?sslmode=verify-full&sslrootcert=/ca.crt");
    assertThat(parsed.toString()).doesNotContain("hush");
  }

  @Test
  void libpqsFormIsRead() {
    ServerAddress.Parsed parsed =
        ServerAddress.parse("postgresql://ed:p%40ss@[::1]:5432/imprimatur").orElseThrow();
    assertThat(parsed.user()).isEqualTo("ed");
    assertThat(parsed.password().reveal()).isEqualTo("p@ss");
    assertThat(parsed.address().url()).isEqualTo("jdbc:postgresql://[::1]:5432/imprimatur");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://ed:p@ss@host/team, p@ss",
    "postgresql://ed:p@ss@host:5432/team, p@ss",
    "postgresql://ed:p/a@ss@host/team?sslmode=require, p/a@ss",
    "jdbc:postgresql://ed:/@@host/team, /@",
    "postgresql://ed:p?ss@host/team, p?ss",
    "postgresql://ed:p%40s:s@host/team?application_name=a@b, p@s:s",
  })
  void aPasswordThatIsNotEncodedIsNoPartOfTheAddress(String typed, String password) {
    ServerAddress.Parsed parsed = ServerAddress.parse(typed).orElseThrow();
    assertThat(parsed.user()).isEqualTo("ed");
    assertThat(parsed.password().reveal()).isEqualTo(password);
    assertThat(parsed.address().host()).isEqualTo("host");
    assertThat(parsed.address().database()).isEqualTo("team");
    assertThat(parsed.address().url()).startsWith("jdbc:postgresql://host").doesNotContain("ed:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ed:p[@host]/team",
        "postgresql://ed:pass",
        "postgresql://ed:pass/word",
        "postgresql://ed:1?a=b@host/team"
      })
  void whatCantBeToldApartIsRefused(String typed) {
    assertThat(ServerAddress.parse(typed)).isEmpty();
  }

  @Test
  void aUserMayHaveAnAtSign() {
    ServerAddress.Parsed parsed =
        ServerAddress.parse("jdbc:postgresql://host/team?user=ed@corp").orElseThrow();
    assertThat(parsed.user()).isEqualTo("ed@corp");
    assertThat(parsed.address().host()).isEqualTo("host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ss@host", "host/team"})
  void aHostThatIsMoreThanAHostIsRefused(String typed) {
    var form = new ServerForm(dev.imprimatur.fxml.view.Texts.standard());
    form.userProperty().set("ed");
    form.hostProperty().set("host");
    assertThat(form.incompleteProperty().get()).isEmpty();
    form.hostProperty().set(typed);
    assertThat(form.incompleteProperty().get()).startsWith("The host stands alone");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
    "postgres://h:1/d, jdbc:postgresql://h:1/d",
    "'jdbc:postgresql://a:1,b:2/d', 'jdbc:postgresql://a:1,b:2/d'",
    "JDBC:POSTGRESQL://h/d?sslmode=require, jdbc:postgresql://h/d?sslmode=require",
  })
  void whatIsReadIsWrittenAgain(String typed, String url) {
    assertThat(ServerAddress.parse(typed).orElseThrow().address().url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db.example", "jdbc:h2:file:/x", "http://h/d", "jdbc:postgresql:"})
  void whatIsNoUrlOfAServer(String typed) {
    assertThat(ServerAddress.parse(typed)).isEmpty();
  }
}
