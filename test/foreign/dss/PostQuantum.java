import java.io.ByteArrayInputStream;
import java.nio.file.*;
import java.security.*;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Bouncy Castle's ML-DSA and SLH-DSA. With `sign`: for each named parameter set a line of name, key (SPKI), message and
 * signature, base64. With `verify`: from certificate files, whether each is signed by the next, and the last by itself.
 */
public class PostQuantum {
  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    if (args[0].equals("sign")) for (int i = 1; i < args.length; i++) sign(args[i]);
    else verify(args);
  }

  static void sign(String name) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(name, "BC").generateKeyPair();
    byte[] message = ("poruka za " + name).getBytes("UTF-8");
    Signature signature = Signature.getInstance(name, "BC");
    signature.initSign(pair.getPrivate());
    signature.update(message);
    Base64.Encoder base64 = Base64.getEncoder();
    System.out.println(String.join("\t", name, base64.encodeToString(pair.getPublic().getEncoded()),
        base64.encodeToString(message), base64.encodeToString(signature.sign())));
  }

  static void verify(String[] args) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
    X509Certificate[] chain = new X509Certificate[args.length - 1];
    for (int i = 1; i < args.length; i++)
      chain[i - 1] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(Path.of(args[i]))));
    for (int i = 0; i < chain.length; i++) {
      PublicKey issuer = chain[Math.min(i + 1, chain.length - 1)].getPublicKey();
      chain[i].verify(issuer, "BC");
      System.out.println(chain[i].getSigAlgName() + " good");
    }
  }
}
