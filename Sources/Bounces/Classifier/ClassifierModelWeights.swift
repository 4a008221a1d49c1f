extension ClassifierModel {
    /// Written by `scripts/train-classifier`; the weights for hard, soft and blocked.
    static let weights = """
        least 0.60
        -0.53 1.05 -0.36 bias
        -0.97 0.02 0.00 class 4xx
        0.00 -0.79 0.26 class 5xx
        0.31 0.00 -0.09 code x.1.1
        0.89 0.00 0.00 code x.2.1
        0.00 1.75 0.00 code x.2.2
        0.00 -0.82 0.00 reply 550
        0.00 -0.08 0.01 reply 554
        0.72 0.00 0.00 subject x.1
        0.00 1.04 0.00 subject x.2
        0.00 1.05 0.00 subject x.3
        0.00 0.22 -0.16 subject x.4
        -0.12 0.00 2.23 subject x.7
        0.00 0.00 0.48 word acce*
        0.93 0.00 0.00 word acco*
        0.57 0.00 0.00 word accoun*
        0.01 0.00 0.00 word account
        0.00 0.15 0.00 word again
        0.00 0.22 0.00 word at
        0.00 0.20 0.00 word bin
        0.00 0.00 0.72 word bloc*
        0.00 0.00 0.31 word by
        0.00 0.03 0.00 word conn*
        0.00 0.00 0.96 word deni*
        0.14 0.00 0.00 word disabl*
        0.00 -0.32 0.00 word doma*
        0.00 0.00 0.46 word due
        0.00 0.00 0.03 word due to
        0.00 -0.05 0.00 word emai*
        0.00 0.32 0.00 word error
        0.00 2.04 0.00 word exce*
        -0.31 0.00 0.00 word fail*
        0.49 0.00 0.00 word foun*
        0.49 0.00 0.00 word found
        0.00 0.00 0.49 word from
        0.00 0.07 0.00 word full
        0.00 -0.21 0.00 word host
        0.00 -0.40 0.00 word inva*
        0.00 -0.01 0.00 word invali*
        0.00 -0.31 0.00 word is
        0.00 0.38 0.00 word limi*
        1.23 0.00 -0.69 word mailbo*
        0.00 0.00 -0.05 word mailbox
        -0.58 0.42 0.00 word mess*
        -0.09 0.00 0.00 word messag*
        0.16 0.00 0.00 word mx
        0.57 0.00 0.00 word no
        0.00 -0.79 0.01 word not
        0.00 0.00 0.27 word not allowed
        0.00 0.00 0.16 word of
        0.34 0.00 0.00 word or
        0.00 0.00 0.48 word poli*
        0.42 0.00 -1.11 word reci*
        0.17 0.00 0.00 word recipient
        0.00 0.00 0.45 word refu*
        0.00 0.00 0.93 word reje*
        0.00 0.00 0.19 word remo*
        0.00 0.00 1.04 word requir*
        0.00 0.00 0.10 word required
        -0.27 0.00 0.82 word send*
        0.00 0.00 0.44 word spam
        0.00 0.00 0.04 word temporarily
        0.00 0.00 0.01 word to
        0.00 0.07 0.00 word too
        0.00 0.63 0.00 word try again
        0.61 0.00 0.00 word unkn*
        0.71 0.00 0.00 word unknow*
        0.17 0.00 0.00 word unknown
        1.00 0.00 -0.25 word user
        """
}
