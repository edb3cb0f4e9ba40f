using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Messaging;

namespace Scheduler.Core.Tests.Clinics;

/// <summary>What a clinic's file says of messages, as it is read.</summary>
public sealed class ClinicMessagesTests
{
    private const string Least = """
        clinic: lake
        title: Lake Clinic
        time zone: Europe/Berlin
        slot grid: 15 min
        opening hours: {every day: 08:00 to 18:00}
        resources: {room-1: {kind: room, roles: room}}

        """;

    private const string Messages = """
        messages:
          phone: 030 5550100
          sender: office@lake.example

        """;

    [Fact]
    public void A_clinic_that_says_nothing_of_messages_sends_none() => Assert.Null(ClinicReader.Read("clinic.yaml", Least).Required.Messages);

    [Fact]
    public void What_is_left_out_is_as_the_docs_say()
    {
        var messages = Read(Messages);

        Assert.Equal(("Lake Clinic", "030 5550100", "office@lake.example", null), (messages.Name, messages.Phone, messages.Sender, messages.Office));
        Assert.Equal(new QuietHours(20 * 60, 8 * 60), messages.Quiet);
        Assert.Equal([("booked", (MessageTime)new MessageTime.WhenBooked()), ("evening-before", new MessageTime.DaysBefore(1, 18 * 60))], messages.Usual.Select(m => (m.Id, m.When)));
        Assert.All(messages.Usual, m => Assert.Null(m.Say));
        Assert.Equal((null, null, null), (messages.ConfirmBy, messages.DigestAt, messages.NoShowAfterMinutes));
        Assert.Same(Language.English, Assert.Single(messages.Languages));
        Assert.Same(Language.English, messages.Language);
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var messages = ClinicReader.Read("clinic-wide.yaml", Repository.Text("tests/Scheduler.Hostile/Originals/clinic-wide.yaml")).Required.Messages!;

        Assert.Equal(("The Wide Clinic", "+61 (2) 5550-0100", "appointments@wide.example", "office@wide.example"), (messages.Name, messages.Phone, messages.Sender, messages.Office));
        Assert.Equal(new QuietHours((20 * 60) + 30, (7 * 60) + 30), messages.Quiet);
        Assert.Equal(["booked", "before", "soon"], messages.Usual.Select(m => m.Id));
        Assert.Equal((Channel.TextMessage, Channel.Email), (messages.Usual[0].By[0], messages.Usual[0].By[1]));
        Assert.Equal("Bitte bringen Sie Ihre Karte mit.", messages.Usual[1].Say?.In("de"));
        Assert.Equal((new MessageTime.MinutesBefore(24 * 60), 18 * 60, 90), (messages.ConfirmBy, messages.DigestAt, messages.NoShowAfterMinutes));
        Assert.Equal(["en", "es", "de"], messages.Languages.Select(l => l.Tag));
        Assert.Equal("es", messages.Language.Tag);
    }

    [Fact]
    public void The_words_of_a_language_are_where_they_belong()
    {
        var german = ClinicReader.Read("clinic-wide.yaml", Repository.Text("tests/Scheduler.Hostile/Originals/clinic-wide.yaml")).Required.Messages!.For("de-AT");

        Assert.Equal(("Montag", "Sonntag", "Januar", "Dezember"), (german.Weekdays[0], german.Weekdays[6], german.Months[0], german.Months[11]));
        Assert.Equal("Sonntag, 7. März 2027", german.Date.Fill(("weekday", "Sonntag"), ("day", "7"), ("month", "März"), ("year", "2027")));
        Assert.Equal("morgen um 18:00 Uhr", german.When.Fill(("date", "morgen"), ("time", "18:00")));
        Assert.False(german.HasTwelveHours);
        Assert.Equal(("Video", "Telefon", "von zu Hause"), (german.Video, german.Phone, german.SelfReport));
        Assert.Equal(("Guten Tag {name},", "Guten Tag,"), (german.Greeting.Text, german.GreetingWithoutName));
        Assert.Equal(("Ihr Termin", "Ihr Termin ist am {when}."), (german.Appointment.Subject.Text, german.Appointment.Text.Text));
        Assert.Equal(("Ihr Termin wurde verlegt", "Ihr Termin ist jetzt am {when}."), (german.Moved.Subject.Text, german.Moved.Text.Text));
        Assert.Equal(("Ihr Termin entfällt", "Ihr Termin am {when} entfällt."), (german.CalledOff.Subject.Text, german.CalledOff.Text.Text));
        Assert.Equal(
            ("Wenn Sie eine Frage haben oder nicht kommen können, rufen Sie bitte {phone} an.", "Zusagen, absagen oder um einen Anruf bitten: {link}"), (german.Question.Text, german.Answer.Text));
        Assert.Equal(
            new AnswerPage
            {
                Title = "Ihr Termin",
                Appointment = new("{when}, {clinic}."),
                Confirm = "Ich komme",
                Decline = "Ich kann nicht kommen",
                CallMe = "Bitte rufen Sie mich an",
                Confirmed = "Danke. Die Praxis weiß, dass Sie kommen.",
                Declined = "Die Praxis weiß, dass Sie nicht kommen können, und meldet sich.",
                ToBeCalled = "Die Praxis ruft Sie an.",
                OrCall = new("Sie können {clinic} auch anrufen:"),
                Answered = new("Auf diese Nachricht wurde schon geantwortet. Wenn Sie etwas anderes mitteilen möchten, rufen Sie bitte {phone} an."),
                Over = new("Dieser Termin ist vorbei oder wurde seither geändert. Suchen Sie eine neuere Nachricht, oder rufen Sie {phone} an."),
                NotNoted = new("Das konnte nicht vermerkt werden. Bitte rufen Sie {phone} an."),
            },
            german.AnswerPage);
    }

    [Theory]
    [InlineData(null, "es")]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("de", "de")]
    [InlineData("fr", "es")]
    public void A_reader_is_written_to_in_the_nearest_language_else_in_the_usual_one(string? reader, string expected)
    {
        var messages = ClinicReader.Read("clinic-wide.yaml", Repository.Text("tests/Scheduler.Hostile/Originals/clinic-wide.yaml")).Required.Messages!;

        Assert.Equal(expected, messages.For(reader).Tag);
    }

    [Fact]
    public void A_clinic_may_say_English_in_its_own_words()
    {
        var german = Repository.Text("tests/Scheduler.Hostile/Originals/clinic-wide.yaml").Split("    de:\n")[1].Split("resources:\n")[0];
        var messages = Read($"{Messages}  languages:\n    en:\n{german}");

        Assert.Equal("Guten Tag,", Assert.Single(messages.Languages).GreetingWithoutName);
        Assert.Equal("Guten Tag,", messages.Language.GreetingWithoutName);
    }

    [Fact]
    public void The_English_that_is_built_in_keeps_to_what_is_asked_of_other_languages()
    {
        var english = Language.English;
        string Said(Announcement announcement) => $"{{subject: '{announcement.Subject.Text}', text: '{announcement.Text.Text}'}}";

        var page = AnswerPage.English;
        var read = Read($$"""
            {{Messages}}  languages:
                en:
                  weekdays: [{{string.Join(", ", english.Weekdays)}}]
                  months: [{{string.Join(", ", english.Months)}}]
                  date: '{{english.Date.Text}}'
                  clock: 12 h
                  when: '{{english.When.Text}}'
                  video: {{english.Video}}
                  phone: {{english.Phone}}
                  self-report: {{english.SelfReport}}
                  greeting: {{english.Greeting.Text}}
                  greeting without name: {{english.GreetingWithoutName}}
                  appointment: {{Said(english.Appointment)}}
                  moved: {{Said(english.Moved)}}
                  called off: {{Said(english.CalledOff)}}
                  question: {{english.Question.Text}}
                  answer: '{{english.Answer.Text}}'
                  answer page:
                    title: {{page.Title}}
                    appointment: '{{page.Appointment.Text}}'
                    confirm: {{page.Confirm}}
                    decline: {{page.Decline}}
                    call me: {{page.CallMe}}
                    confirmed: {{page.Confirmed}}
                    declined: {{page.Declined}}
                    to be called: {{page.ToBeCalled}}
                    or call: '{{page.OrCall.Text}}'
                    answered: {{page.Answered.Text}}
                    over: {{page.Over.Text}}
                    not noted: {{page.NotNoted.Text}}
            """).Language;

        Assert.Equal(english, read with { Weekdays = english.Weekdays, Months = english.Months });
        Assert.Equal((7, 12), (read.Weekdays.Length, read.Months.Length));
    }

    [Fact]
    public void A_clinic_may_send_nothing_of_visits_of_which_their_protocol_says_nothing() => Assert.Empty(Read($"{Messages}  usual: {{}}\n").Usual);

    [Theory]
    [InlineData("office@clinic.example", true)]
    [InlineData("a.b+c@mail.clinic.example", true)]
    [InlineData("office@clinic", false)]
    [InlineData("@clinic.example", false)]
    [InlineData("office@@clinic.example", false)]
    [InlineData("office@-clinic.example", false)]
    [InlineData("office.@clinic.example", false)]
    [InlineData("Office <office@clinic.example>", false)]
    [InlineData("office@clinic.example, b@clinic.example", false)]
    public void Only_a_bare_address_is_one(string address, bool expected) =>
        Assert.Equal(expected, ClinicReader.Read("clinic.yaml", $"{Least}messages: {{phone: 030 5550100, sender: '{address}'}}\n").Succeeded);

    [Fact]
    public void An_address_longer_than_mail_servers_take_is_none() =>
        Assert.False(ClinicReader.Read("clinic.yaml", $"{Least}messages: {{phone: 030 5550100, sender: {new string('a', 250)}@b.example}}\n").Succeeded);

    [Theory]
    [InlineData("+1 202 555 0100", true)]
    [InlineData("(030) 555-0100", true)]
    [InlineData("030/555.0100", true)]
    [InlineData("112", false)]
    [InlineData("+1 202 555 0100 0100 0100", false)]
    [InlineData("0800 CALL US", false)]
    [InlineData("++1 202 555 0100", false)]
    public void Only_a_telephone_number_is_one(string phone, bool expected) =>
        Assert.Equal(expected, ClinicReader.Read("clinic.yaml", $"{Least}messages: {{phone: '{phone}', sender: office@lake.example}}\n").Succeeded);

    [Fact]
    public void The_mail_of_a_person_is_read()
    {
        var clinic = Repository.Clinic("clinic-lakeside.yaml");

        Assert.Equal("therapist-kim@example.org", clinic.Find("therapist-kim")!.Mail);
        Assert.Null(clinic.Find("chair-1")!.Mail);
        Assert.Equal(["en", "es"], clinic.Messages!.Languages.Select(l => l.Tag));
    }

    private static ClinicMessages Read(string messages)
    {
        var read = ClinicReader.Read("clinic.yaml", Least + messages);
        Assert.Empty(read.Diagnostics);
        return read.Required.Messages!;
    }
}
