# Harm at the second rating releases what is left; the follow-up counts from the last dose that was given.
protocol: stopped
events:
  harm-seen:
    when: harmed
    then: release the rest
    of: dose and rating
story:
plan from 2027-01-04
all is booked
rating[1] and dose[1] take place
harm at rating[1] is no
rating[2] takes place
harm at rating[2] is yes
plan from 2027-01-12
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
> booked: follow-up[1]
> completed: rating[1], rating[2], dose[1]
> released: rating[3], dose[2], dose[3]
> harmed: true
> left out: rating[3], dose[2], dose[3]
> counted anew: later from end of dose[1]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 dose[1], stays
> plan Mon 2027-01-11 09:00 rating[2], stays
> plan Mon 2027-01-18 09:00 follow-up[1]
