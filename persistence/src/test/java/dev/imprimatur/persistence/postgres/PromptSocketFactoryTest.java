package dev.imprimatur.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class PromptSocketFactoryTest {
  @Test
  void theShortestReadSaysAtOnceThatNothingHasComeAndOtherwiseReads() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, here);
        Socket client = new PromptSocketFactory().createSocket(here, server.getLocalPort());
        Socket other = server.accept()) {
      InputStream in = client.getInputStream();
      client.setSoTimeout(1);
      assertThatThrownBy(in::read)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing has come yet");
      other.getOutputStream().write(new byte[] {7, 8});
      await().until(() -> in.available() == 2);
      assertThat(in.read()).isEqualTo(7);
      client.setSoTimeout(0);
      byte[] rest = new byte[4];
      assertThat(in.read(rest, 0, 4)).isEqualTo(1);
      assertThat(rest[0]).isEqualTo((byte) 8);
      other.close();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  /// What is closed looks like nothing to read; the shortest read must not hide it for ever.
  @Test
  void anEndIsSeenByTheNextLongerRead() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, here);
        Socket client = new PromptSocketFactory().createSocket(here, server.getLocalPort())) {
      server.accept().close();
      client.setSoTimeout(1);
      assertThatThrownBy(client.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }
}
