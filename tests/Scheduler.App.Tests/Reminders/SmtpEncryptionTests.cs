using System.Security.Cryptography.X509Certificates;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Nothing is said to a mail server before the connection is encrypted, and whoever is there is who they say.</summary>
public sealed class SmtpEncryptionTests : IAsyncLifetime
{
    private readonly SmtpListener server = new();

    private readonly X509Certificate2 certificate = OwnCertificate.New();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mail");

    private readonly Envelope mail = new("0f3c@lakeside.example", "p@example.org", "Your appointment", "Hello,\n\nyour appointment is on Monday.");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        certificate.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_that_does_not_encrypt_hears_nothing()
    {
        server.Wants = ("clinic", "secret");

        Assert.IsType<Handover.Failed>(await new SmtpChannel(Settings()).Send(mail, default));

        Assert.Empty(server.Taken);
        Assert.All(server.Heard, h => Assert.Contains(h, (string[])["plain EHLO", "plain QUIT"]));
        Assert.NotEmpty(server.Heard);
    }

    [Fact]
    public async Task A_certificate_that_the_operating_system_does_not_trust_is_not_believed()
    {
        server.Certificate = certificate;

        Assert.Equal(new Handover.Failed("the server's certificate is not trusted"), await new SmtpChannel(Settings()).Send(mail, default));

        Assert.Empty(server.Taken);
        Assert.Equal(["plain EHLO", "plain STARTTLS"], server.Heard);
    }

    [Fact]
    public async Task One_that_it_trusts_is_and_all_that_matters_is_said_encrypted()
    {
        (server.Certificate, server.Wants) = (certificate, ("clinic", "secret"));

        var said = await MailProcess.Send(Settings() with { User = "clinic", Password = "secret" }, mail, folder.FullName, certificate.ExportCertificatePem());

        Assert.Equal(new Handover.Accepted().ToString(), said);
        Assert.Single(server.Taken);
        Assert.Equal(["plain EHLO", "plain STARTTLS"], server.Heard.Where(h => h.StartsWith("plain", StringComparison.Ordinal)));
        Assert.Contains("encrypted AUTH", server.Heard);
    }

    [Fact]
    public async Task One_that_it_trusts_under_another_name_is_not_believed_and_a_wrong_password_is_no_loss()
    {
        (server.Certificate, server.Wants) = (certificate, ("clinic", "secret"));
        var pem = certificate.ExportCertificatePem();

        Assert.Equal(new Handover.Failed("the server's certificate is not trusted").ToString(), await MailProcess.Send(Settings() with { Host = "localhost" }, mail, folder.FullName, pem));
        Assert.StartsWith("Failed", await MailProcess.Send(Settings() with { User = "clinic", Password = "guess" }, mail, folder.FullName, pem), StringComparison.Ordinal);
        Assert.Empty(server.Taken);
    }

    private SmtpSettings Settings() => new("127.0.0.1", server.Port, "clinic@lakeside.example", "Lakeside Clinic");
}
