using Scheduler.Core.Messaging;

namespace Scheduler.Core.Tests.Messaging;

public sealed class TellingWordsTests
{
    [Theory]
    [InlineData("Your ketamine session", "ketamine")]
    [InlineData("nach der Ketamin-Infusion", "Ketamin")]
    [InlineData("su ketamina", "ketamina")]
    [InlineData("SPRAVATO(R)", "SPRAVATO")]
    [InlineData("esketamine", "esketamine")]
    [InlineData("psilocybin", "psilocybin")]
    [InlineData("before ECT.", "ECT")]
    [InlineData("two ECTs", "ECTs")]
    [InlineData("daily rTMS", "rTMS")]
    [InlineData("for PTSD", "PTSD")]
    [InlineData("para la depresión", "depresión")]
    [InlineData("Traumata", "Traumata")]
    [InlineData("suicidal", "suicidal")]
    [InlineData("exposures", "exposures")]
    [InlineData("psychotherapist", "psychotherapist")]
    [InlineData("psiquiatra", "psiquiatra")]
    [InlineData("Psychiatrie", "Psychiatrie")]
    [InlineData("addiction", "addiction")]
    [InlineData("placebo", "placebo")]
    public void A_word_that_tells_is_found(string text, string word) => Assert.Equal(word, TellingWords.Find(text)?.Word);

    [Theory]
    [InlineData("Please eat and drink nothing from midnight. If you usually take a tablet for calm or sleep, ask us before you take it.")]
    [InlineData("You must not drive until the next day, and drink no alcohol.")]
    [InlineData("Your therapist is away; a direct line is open. Bring your card, and sweet dreams.")]
    [InlineData("Träumen Sie schön. Ihr Termin ist im Zimmer 3.")]
    [InlineData("Su cita es mañana; traiga su tarjeta.")]
    public void A_word_that_anybody_uses_passes(string text) => Assert.Null(TellingWords.Find(text));

    [Fact]
    public void Where_a_word_stands_is_told() => Assert.Equal((5, "ketamine"), TellingWords.Find("Your ketamine."));
}
