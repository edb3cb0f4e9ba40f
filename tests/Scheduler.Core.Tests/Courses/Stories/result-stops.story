# A poor result stops the course; the rating at which it was found comes to its end.
protocol: stopped
events:
  poor-effect:
    when: poor
    then: stop the course
story:
plan from 2027-01-04
all is booked
rating[1] and dose[1] take place
effect at rating[1] is 1
rating[2] takes place
effect at rating[2] is 2
plan from 2027-01-12
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 09:00 rating[2]
> plan Mon 2027-01-11 09:30 dose[2]
> plan Mon 2027-01-18 09:00 rating[3]
> plan Mon 2027-01-18 09:30 dose[3]
> plan Mon 2027-02-01 09:00 follow-up[1]
> completed: rating[1], rating[2], dose[1]
> released: rating[3], dose[2], dose[3], follow-up[1]
> poor: true
> P-1:1:1: CO003: The course is over since 2027-01-11 09:30; nothing is planned or held any more.
